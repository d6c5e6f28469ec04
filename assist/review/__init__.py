"""Quality assurance by people: rubrics, ratings, evidence, agreement between raters, samples. Nothing here scores."""
