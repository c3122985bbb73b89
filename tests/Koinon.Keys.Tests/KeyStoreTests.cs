using System.Text;
using System.Text.Json.Nodes;

namespace Koinon.Keys.Tests;

public sealed class KeyStoreTests
{
    private static readonly byte[] Secret =
        Convert.FromHexString("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private static readonly KeyStoreCost Cheap = new(2, 1, 1);

    [Fact]
    public void TryDecrypt_OfTheOfficialVectors_GivesTheirKeys()
    {
        byte[] secret = new byte[32];
        JsonObject vectors = VectorFile.Read<JsonObject>("keystore");
        Assert.Equal(5, vectors.Count);
        foreach ((string name, JsonNode? vector) in vectors)
        {
            string json = vector!["json"]!.ToJsonString();
            string password = (string)vector["password"]!;
            Assert.True(KeyStore.TryDecrypt(json, password, secret, out KeyStoreError error), $"{name}: {error}");
            Assert.Equal((string)vector["priv"]!, Convert.ToHexStringLower(secret));
        }
    }

    [Fact]
    public void TryDecrypt_WithAWrongPassword_RefusesAndGivesZeros()
    {
        string json = KeyStore.Encrypt(Secret, "right", Cheap);
        byte[] secret = [.. Secret];
        foreach (string password in new[] { "", "Right", "right ", "righ" })
        {
            Assert.False(KeyStore.TryDecrypt(json, password, secret, out KeyStoreError error));
            Assert.Equal(KeyStoreError.WrongPassword, error);
            Assert.Equal(new byte[32], secret);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("pässwörd 密码 🔑")]
    [InlineData("a longer password than a block of HMAC takes: 0123456789012345678901234567890123456789")]
    public void Encrypt_ThenDecrypt_GivesTheKeyBack(string password)
    {
        string json = KeyStore.Encrypt(Secret, password, Cheap);
        byte[] secret = new byte[32];
        Assert.True(KeyStore.TryDecrypt(Encoding.UTF8.GetBytes(json), password, secret, out _));
        Assert.Equal(Secret, secret);
        JsonNode file = JsonNode.Parse(json)!;
        Assert.Equal("f39fd6e51aad88f6f4ce6ab8827279cfffb92266", (string)file["address"]!);
        Assert.Equal(3, (int)file["version"]!);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string)file["id"]!);
        Assert.DoesNotContain(Convert.ToHexStringLower(Secret), json, StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypt_Twice_TakesFreshSaltBlockAndId()
    {
        JsonNode first = JsonNode.Parse(KeyStore.Encrypt(Secret, "x", Cheap))!;
        JsonNode second = JsonNode.Parse(KeyStore.Encrypt(Secret, "x", Cheap))!;
        Assert.NotEqual((string)first["id"]!, (string)second["id"]!);
        Assert.NotEqual(
            (string)first["crypto"]!["kdfparams"]!["salt"]!, (string)second["crypto"]!["kdfparams"]!["salt"]!);
        Assert.NotEqual(
            (string)first["crypto"]!["cipherparams"]!["iv"]!, (string)second["crypto"]!["cipherparams"]!["iv"]!);
    }

    [Fact]
    public void Encrypt_WithTheLightCost_IsReadable()
    {
        byte[] secret = new byte[32];
        Assert.True(KeyStore.TryDecrypt(KeyStore.Encrypt(Secret, "x", KeyStoreCost.Light), "x", secret, out _));
        Assert.Equal(Secret, secret);
    }

    [Fact]
    public void Encrypt_OfWhatIsNoKeyOrNoCost_IsTheCallersFault()
    {
        Assert.Throws<ArgumentException>(() => KeyStore.Encrypt(new byte[32], "x", Cheap));
        Assert.Throws<ArgumentException>(() => KeyStore.Encrypt(new byte[31], "x", Cheap));
        Assert.Throws<ArgumentException>(() => KeyStore.Encrypt(Secret, "x", new KeyStoreCost(3, 8, 1)));
        Assert.Throws<ArgumentException>(() => KeyStore.Encrypt(Secret, "x", new KeyStoreCost(1 << 22, 8, 1)));
    }

    [Theory]
    [InlineData("", KeyStoreError.InvalidJson)]
    [InlineData("{", KeyStoreError.InvalidJson)]
    [InlineData("[]", KeyStoreError.InvalidJson)]
    [InlineData("{}", KeyStoreError.UnsupportedVersion)]
    [InlineData("{\"version\": 1}", KeyStoreError.UnsupportedVersion)]
    [InlineData("{\"version\": \"3\"}", KeyStoreError.UnsupportedVersion)]
    [InlineData("{\"version\": 3}", KeyStoreError.MissingField)]
    [InlineData("{\"version\": 3, \"crypto\": []}", KeyStoreError.MissingField)]
    public void TryDecrypt_OfOtherTexts_NamesTheReason(string json, KeyStoreError expected)
    {
        Assert.False(KeyStore.TryDecrypt(json, "x", new byte[32], out KeyStoreError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("crypto/cipher", "\"aes-256-ctr\"", KeyStoreError.UnsupportedCipher)]
    [InlineData("crypto/cipher", "1", KeyStoreError.MissingField)]
    [InlineData("crypto/ciphertext", "\"zz\"", KeyStoreError.InvalidHex)]
    [InlineData("crypto/ciphertext", "\"00\"", KeyStoreError.InvalidHex)]
    [InlineData("crypto/cipherparams", "null", KeyStoreError.MissingField)]
    [InlineData("crypto/cipherparams/iv", "\"000\"", KeyStoreError.InvalidHex)]
    [InlineData("crypto/mac", "\"\"", KeyStoreError.InvalidHex)]
    [InlineData("crypto/kdf", "\"argon2\"", KeyStoreError.UnsupportedKeyDerivation)]
    [InlineData("crypto/kdf", "\"pbkdf2\"", KeyStoreError.MissingField)]
    [InlineData("crypto/kdfparams", "{}", KeyStoreError.MissingField)]
    [InlineData("crypto/kdfparams/salt", "\"0x0\"", KeyStoreError.InvalidHex)]
    [InlineData("crypto/kdfparams/n", "null", KeyStoreError.MissingField)]
    [InlineData("crypto/kdfparams/n", "1.5", KeyStoreError.MissingField)]
    [InlineData("crypto/kdfparams/n", "3", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/n", "-2", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/n", "1073741824", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/r", "0", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/p", "2147483647", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/dklen", "31", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/dklen", "129", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("crypto/kdfparams/dklen", "-1", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("address", "\"0x00\"", KeyStoreError.InvalidHex)]
    [InlineData("address", "\"0000000000000000000000000000000000000000\"", KeyStoreError.AddressMismatch)]
    public void TryDecrypt_OfAChangedField_NamesTheReason(string path, string value, KeyStoreError expected)
    {
        JsonNode file = JsonNode.Parse(KeyStore.Encrypt(Secret, "x", Cheap))!;
        string[] names = path.Split('/');
        JsonNode parent = file;
        foreach (string name in names[..^1])
        {
            parent = parent[name]!;
        }

        parent[names[^1]] = JsonNode.Parse(value);
        Assert.False(KeyStore.TryDecrypt(file.ToJsonString(), "x", new byte[32], out KeyStoreError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("0", "hmac-sha256", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("10000001", "hmac-sha256", KeyStoreError.InvalidKeyDerivationParameters)]
    [InlineData("1", "hmac-sha512", KeyStoreError.UnsupportedKeyDerivation)]
    [InlineData("1", "hmac-sha256", KeyStoreError.WrongPassword)]
    public void TryDecrypt_OfPbkdf2_ChecksItsParameters(string rounds, string function, KeyStoreError expected)
    {
        JsonNode file = JsonNode.Parse(KeyStore.Encrypt(Secret, "x", Cheap))!;
        file["crypto"]!["kdf"] = "pbkdf2";
        file["crypto"]!["kdfparams"] = JsonNode.Parse(
            $$"""{"c": {{rounds}}, "prf": "{{function}}", "dklen": 32, "salt": "00"}""");
        Assert.False(KeyStore.TryDecrypt(file.ToJsonString(), "x", new byte[32], out KeyStoreError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryDecrypt_WithACapitalOrAPrefixOrNoAddress_Reads()
    {
        JsonNode file = JsonNode.Parse(KeyStore.Encrypt(Secret, "x", Cheap))!;
        JsonNode crypto = file["crypto"]!.DeepClone();
        crypto["ciphertext"] = "0x" + (string)crypto["ciphertext"]!;
        file.AsObject().Remove("crypto");
        file.AsObject().Remove("address");
        file["Crypto"] = crypto;
        byte[] secret = new byte[32];
        Assert.True(KeyStore.TryDecrypt(file.ToJsonString(), "x", secret, out _));
        Assert.Equal(Secret, secret);
    }

    [Fact]
    public void TryDecrypt_OfMutatedFiles_NeverThrows()
    {
        // Half of the bytes' neighbours: flipped, dropped, doubled. Costs are cheap unless a mutation raises them.
        byte[] json = Encoding.UTF8.GetBytes(KeyStore.Encrypt(Secret, "x", Cheap));
        Random random = new(1);
        HashSet<KeyStoreError> seen = [];
        for (int i = 0; i < 4000; i++)
        {
            List<byte> mutated = [.. json];
            int place = random.Next(mutated.Count);
            switch (i % 3)
            {
                case 0:
                    mutated[place] ^= (byte)(1 << random.Next(7));
                    break;
                case 1:
                    mutated.RemoveAt(place);
                    break;
                default:
                    mutated.Insert(place, mutated[random.Next(mutated.Count)]);
                    break;
            }

            KeyStore.TryDecrypt(mutated.ToArray(), "x", new byte[32], out KeyStoreError error);
            seen.Add(error);
        }

        Assert.Contains(KeyStoreError.None, seen);
        Assert.Contains(KeyStoreError.InvalidJson, seen);
        Assert.Contains(KeyStoreError.MissingField, seen);
        Assert.Contains(KeyStoreError.InvalidHex, seen);
        Assert.Contains(KeyStoreError.WrongPassword, seen);
        Assert.Contains(KeyStoreError.AddressMismatch, seen);
    }

    [Fact]
    public void TryDecrypt_IntoTooLittleRoom_IsTheCallersFault() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyStore.TryDecrypt("{}", "", new byte[31], out _));
}
