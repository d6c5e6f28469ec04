"""Quality assurance between desks and trainers: headers, draws, packages, ratings, training."""
