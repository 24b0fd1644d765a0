"""What an import did: the log, the account of every line, the record for a later import."""
