"""Models: trained, compared, let through or refused, promoted, rolled back, tampered with."""
