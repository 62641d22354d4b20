"""Items to other systems and back: GIFT, Moodle XML, QTI, jupyterquiz; to Anki."""
