package cycle

// wordID stands for a word that some phrase holds, so that phrases are compared
// by number. The first ones are the names, 0 is a word of no phrase.
type wordID uint16

const (
	unknownWord wordID = iota
	calledName
	customerName
	surnameName
	agentName
	firstWordID
)

// maxVocabulary bounds the words of a phrase file.
const maxVocabulary = 1<<16 - 1

// nameIDs are the names that phrases can hold.
var nameIDs = map[string]wordID{
	"{called}": calledName, "{customer}": customerName, "{surname}": surnameName, "{agent}": agentName,
}

// vocabulary numbers the words of all phrases of a language.
type vocabulary map[string]wordID

// learn is the number of a folded word, a new one where it is new.
func (v vocabulary) learn(w string) wordID {
	if id, ok := nameIDs[w]; ok {
		return id
	}
	id, ok := v[w]
	if !ok {
		id = firstWordID + wordID(len(v))
		v[w] = id
	}
	return id
}
