"""Who the members are: certificates, the members pinned when first met, the address book, keyslots."""
