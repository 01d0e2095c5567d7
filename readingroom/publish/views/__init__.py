"""What templates are given: plain frozen records, with every word already chosen. Templates only place them."""
