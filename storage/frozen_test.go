package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// frozen are the migrations that a data folder out there may have run: by their
// place, for SQLite and Postgres. A change of the tables is a new migration.
var frozen = map[string][]string{
	"sqlite": {
		"272cccc370662dac9d6f6ae13af323a852cf5f52993ad32c15c196f3f47aa27c",
		"19025a08837315a2cc6cf1fa307b609a61ffc12a13372c69dc008cf7e3cbbb78",
		"265be721946b921219eb0ad46a01fbb0ef56c985bf7a40b7d73677d12f5a3c69",
		"33d01407d7541578604f05e161421031296bdb810aa7b9446e95954e0b8b93de",
		"f795c68300589edfd1a7f7aa65ee60d3f1565c5d946b4a3799463245a15c8106",
		"95c9e6200ee8db989dda849c7ae50fca2b6f00933b97560eae9b29a8b7d03501",
		"9d56f3ad21e8b910d0e7f3af1bb758209ca2aa482eebdd517a416c572ba4c8dc",
		"f50061c9ca391f2b1a330f7481a08b9454912001cb39444d6c04b2cbbf61c7a8",
		"dc52cffd99094cd5dd09ec41b6011eb9aa0c65fbf0e2eaaf4eb8cb9748412c30",
		"23ecd5bad166fc2733bede241800a7a304232e0a5e534290c62b9e911730973d",
		"e6acf95b032365980ba98237a4fc06e367fa5ca1d91fac25c6cd99798bbb96a7",
		"4d57a49629adc915e82a2e77c7b20ddb6947ed803d136298e749581f03df3a63",
		"d295f4fc774633bb931e601589d2185a99f1306630077d9aaa6b9c0e6980da42",
		"8c0e0338b91babcf03e09a2caafd40cbda3b0003d8cfac282d2a216162f461df",
		"4a98e2c97c07ab7c806577d264c9f77bcbb7d3276aadf2382c49bfe4d8f6b9a1",
		"3230336c6290033313fea51048e79120bdf0e40021018ca358e0ea51bd98257b",
		"7316c0e625b9ccc1f35857ffe905bd53c37259ac94ce4f1737dfd7c287d82c67",
		"e434d595b26db399acc9f99534db9975570983839f54f02b5c6af7519577c73b",
	},
	"postgres": {
		"335133c0ea5fac1d73ad82f67607de31a2e1f1896298f1cf2256f05dc8c283ba",
		"19025a08837315a2cc6cf1fa307b609a61ffc12a13372c69dc008cf7e3cbbb78",
		"f142023c30fe31e86065c65e62f2befdbd69d8a2896a869dd006d4e4547f349d",
		"09056c3e444eea69990a4aa9368d16d2c6c050b46c99cc96419ceaf8f00ce433",
		"3c31afab2918ff42c4a531c42dc665c72a8aaa2be0f305fca45f157d5abb25d2",
		"95c9e6200ee8db989dda849c7ae50fca2b6f00933b97560eae9b29a8b7d03501",
		"3d38c47305d516e057f58148823c85850f81892f3210b35faa5414a7596d9f4b",
		"82e6c0afcb7152d59698ea6800461190bd148eb9e4ce22942399aab95c78d12d",
		"97875e16e44de473649cb8067a40295ce3c16840d8817594648801b60b764f1b",
		"b4c211c9f8144208ca5504455b8182a7adadbd4d1da1466d23daf80a709f516c",
		"e6acf95b032365980ba98237a4fc06e367fa5ca1d91fac25c6cd99798bbb96a7",
		"372214c8dec83181903dd1bc3cf1e3e5ed03af41c25b9c141b26480aed1259b4",
		"d295f4fc774633bb931e601589d2185a99f1306630077d9aaa6b9c0e6980da42",
		"1151a7246863e81afe6a77ed51779f006c0e1baa5fd874b1b7aea398abd912d0",
		"eb40cb2840f1349d447afd84451453c9cd616327c05e9af377368f76afab06dc",
		"a7990d7fd7e7ad9ffc20874d79435c2903ba6dbd0e8608a0d8758123d088f5e0",
		"3873aa826c0e2b47520a1ec8228a5f92c45b243ff62ddaf846eb4bd31522a12d",
		"d1b390a524caf62bdbe2a9051a6ccdb0171cad1309a69c768562f47d2aaac7e5",
	},
}

func TestReleasedMigrationsNeverChange(t *testing.T) {
	for dialect, sums := range frozen {
		all, err := load(dialect)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != len(sums) {
			t.Errorf("%s has %d migrations, %d are frozen: add the new one's sum when it is released", dialect, len(all), len(sums))
		}
		for i, want := range sums {
			sum := sha256.Sum256([]byte(all[i].sql))
			if got := hex.EncodeToString(sum[:]); got != want {
				t.Errorf("%s migration %d was changed (%s): write a new one instead", dialect, all[i].number, got)
			}
		}
	}
}
