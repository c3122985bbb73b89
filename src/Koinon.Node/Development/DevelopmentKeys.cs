using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Koinon.Keys;
using Koinon.Primitives;

namespace Koinon.Node.Development;

/// <summary>
/// The secret keys of a development chain: derived from one phrase, the same in every run (BIP-39, BIP-32).
/// </summary>
public static class DevelopmentKeys
{
    /// <summary>The phrase of anvil, Hardhat and their kin.</summary>
    public const string Phrase = "test test test test test test test test test test test junk";

    /// <summary>Where the accounts stand under the phrase (BIP-44); their number follows.</summary>
    public const string Path = "m/44'/60'/0'/0/";

    /// <summary>Derives keys.</summary>
    /// <param name="phrase">The words.</param>
    /// <param name="path">What stands before an account's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="keys">32 bytes each.</param>
    /// <param name="error">What is wrong with phrase or path.</param>
    public static bool TryDerive(
        string phrase,
        string path,
        int count,
        [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? keys,
        [NotNullWhen(false)] out string? error)
    {
        keys = null;
        error = null;
        if (!Mnemonic.TryParse(phrase, out Mnemonic? mnemonic, out MnemonicRefusal refusal))
        {
            error = $"the mnemonic cannot be used: {refusal}";
            return false;
        }

        using (mnemonic)
        {
            Span<byte> seed = stackalloc byte[Mnemonic.SeedBytes];
            if (!mnemonic!.TryGetSeed("", seed) || !ExtendedKey.TryFromSeed(seed, out ExtendedKey? master, out _))
            {
                error = "the mnemonic gives no key";
                return false;
            }

            using (master)
            {
                return TryDerive(master!, path, count, out keys, out error);
            }
        }
    }

    /// <summary>The keys that a genesis in geth's form names beside its accounts, as anvil takes them.</summary>
    /// <param name="genesis">UTF-8 text; what is no genesis names none.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> OfGenesis(ReadOnlyMemory<byte> genesis)
    {
        List<ReadOnlyMemory<byte>> keys = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(genesis);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("alloc"u8, out JsonElement alloc)
                && alloc.ValueKind == JsonValueKind.Object)
            {
                keys.AddRange(alloc.EnumerateObject().SelectMany(static account => KeyOf(account.Value)));
            }
        }
        catch (JsonException)
        {
            // Whoever reads the genesis says what is wrong with it.
        }

        return keys;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> KeyOf(JsonElement account)
    {
        if (account.ValueKind == JsonValueKind.Object
            && account.TryGetProperty("privateKey"u8, out JsonElement key)
            && key.ValueKind == JsonValueKind.String
            && Hex.TryDecode(key.GetString()!, out byte[] secret)
            && secret.Length == ExtendedKey.KeyBytes)
        {
            yield return secret;
        }
    }

    private static bool TryDerive(
        ExtendedKey master,
        string path,
        int count,
        [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? keys,
        [NotNullWhen(false)] out string? error)
    {
        keys = null;
        error = null;
        byte[][] derived = new byte[count][];
        for (int number = 0; number < count; number++)
        {
            string full = $"{path.TrimEnd('/')}/{number}";
            if (!master.TryDerive(full, out ExtendedKey? key, out DerivationError reason))
            {
                error = $"the derivation path {full} cannot be used ({reason}); m/44'/60'/0'/0/ is the usual one";
                return false;
            }

            using (key)
            {
                derived[number] = new byte[ExtendedKey.KeyBytes];
                key!.CopyPrivateKey(derived[number]);
            }
        }

        keys = [.. derived];
        return true;
    }
}
