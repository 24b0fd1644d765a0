"""Study items: what a course asks, derived once from the model."""
