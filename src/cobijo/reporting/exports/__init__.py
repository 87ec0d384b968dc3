"""A census as files others read: JSON, CSV with a row of HXL tags, XLSX; each is marked with who may have it."""
