"""The only place that uses private names of Textual and Rich; each module says which, and why."""
