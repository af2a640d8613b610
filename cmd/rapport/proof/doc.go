// Package proof holds the server to its promises by attacking the real binary:
// it kills it, cuts its power, fills its disk, locks its database, swallows its
// packets and repeats its requests, while clients write down what they were
// told. A checker then compares what was told with what is there.
//
// A promise is broken when an acknowledged message is missing, a refused one is
// present, one sent twice appears twice, numbers have a gap or a repeat, two
// readers saw different orders, or somebody was shown what is not theirs.
package proof
