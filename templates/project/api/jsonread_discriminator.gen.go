package api

import "slices"

// discriminate looks at the member that says which alternative an object is: those that are to be tried, and the
// check of the one that was named. An object that names none is a fault and is left behind.
func (r *reader) discriminate(member string, all []alternative) (possible []alternative, meant func(*reader)) {
	if member == "" || r.kind() != objects {
		return all, nil
	}
	value, given := r.member(member)
	if name, isText := value.(string); isText {
		for i, a := range all {
			if slices.Contains(a.names, name) {
				return all[i : i+1], a.check
			}
			if a.implied == name && name != "" {
				return all, a.check
			}
		}
		if !mapped(all) {
			return all, nil
		}
	}
	detail := missing
	if given {
		detail = mustName(namesOf(all))
	}
	r.faultIn(member, detail)
	r.skip()
	return nil, nil
}

// mapped says that the document maps values of the discriminator.
func mapped(all []alternative) bool {
	return slices.ContainsFunc(all, func(a alternative) bool { return len(a.names) > 0 })
}

// namesOf are the values of the discriminator, nil where not all are known.
func namesOf(all []alternative) (names []string) {
	if mapped(all) {
		for _, a := range all {
			names = append(names, a.names...)
		}
		return names
	}
	for _, a := range all {
		if a.implied == "" {
			return nil
		}
		names = append(names, a.implied)
	}
	return names
}
