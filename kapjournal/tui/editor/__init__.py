"""Writing a note: the area for its words, what stands around it, and how drafts are saved."""
