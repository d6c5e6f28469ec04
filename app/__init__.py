"""Entry point, command line, composition, threads and processes, personal store, outbox."""
