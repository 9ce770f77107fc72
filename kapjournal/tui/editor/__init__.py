"""Writing a note: the area one types in, what stands around it, and how drafts are saved."""
