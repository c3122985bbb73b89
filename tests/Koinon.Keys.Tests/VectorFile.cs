using System.Text.Json;

namespace Koinon.Keys.Tests;

/// <summary>The published vectors: BIP-39's with the passphrase TREZOR (entropy, phrase, seed), BIP-32's (seed, path,
/// private key, chain code), and ethereum/tests' key stores.</summary>
internal static class VectorFile
{
    internal static T Read<T>(string name)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name + ".json")!;
        return JsonSerializer.Deserialize<T>(stream)!;
    }
}
