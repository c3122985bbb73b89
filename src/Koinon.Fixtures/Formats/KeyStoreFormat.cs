using System.Runtime.InteropServices;
using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Keys;

namespace Koinon.Fixtures.Formats;

/// <summary>Key-store tests: an encrypted key, its password, and the key.</summary>
internal sealed class KeyStoreFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "json", "password", "priv");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, "", _ => RunCase(test.Value));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        byte[] json = JsonMarshal.GetRawUtf8Value(test.Field("json")).ToArray();
        Span<byte> secret = stackalloc byte[KeyStore.SecretBytes];
        return KeyStore.TryDecrypt(json, test.Field("password").Text(), secret, out KeyStoreError error)
            ? CaseVerdict.CompareBytes("key", test.Bytes("priv"), secret)
            : CaseVerdict.Differs("key store", "a key", error);
    }
}
