"""The command line: data on stdout, sentences for people on stderr, exit codes for scripts."""
