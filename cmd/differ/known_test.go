package main

func wrongInKin(c trial) string {
	for _, k := range knownDifferences {
		if k.schema == c.schema && k.text == c.text {
			return k.standard
		}
	}
	return ""
}
