"""What a document of each type is: its codec, who may write it, on which channel it comes."""
