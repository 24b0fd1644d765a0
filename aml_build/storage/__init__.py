"""What is kept on disk: the cache, the results kept by part, the stamp of the last build, the artifacts."""
