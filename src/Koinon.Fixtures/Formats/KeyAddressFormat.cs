using System.Text;
using System.Text.Json;
using Koinon.Crypto;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;

namespace Koinon.Fixtures.Formats;

/// <summary>Key tests: a seed, its key, the key's address, and a signature.</summary>
internal sealed class KeyAddressFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "seed", "key", "addr");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonElement test in context.Root.EnumerateArray())
        {
            context.Run(test.Field("seed").Text(), "", _ => RunCase(test));
        }
    }

    /// <summary>The address of a key.</summary>
    internal static Address AddressOf(ReadOnlySpan<byte> secretKey)
    {
        Span<byte> publicKey = stackalloc byte[64];
        return Secp256k1.TryGetPublicKey(secretKey, publicKey)
            ? AddressOfPublicKey(publicKey)
            : throw new FixtureFormatException("the key is zero or not below the group's order");
    }

    private static Address AddressOfPublicKey(ReadOnlySpan<byte> publicKey)
    {
        Hash256 hash = Hash256.Keccak(publicKey);
        return new Address(Hash256.AsSpan(in hash)[12..]);
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        byte[] key = test.Bytes("key");
        Hash256 seedHash = Hash256.Keccak(Encoding.UTF8.GetBytes(test.Field("seed").Text()));
        Address address = test.Address("addr");
        CaseVerdict keyVerdict = CaseVerdict.CompareBytes("key", key, Hash256.AsSpan(in seedHash));
        if (keyVerdict.Failure is not null) return keyVerdict;
        CaseVerdict addressVerdict = CaseVerdict.Compare("address", address, AddressOf(key));
        return addressVerdict.Failure is not null ? addressVerdict : CheckSignature(test.Field("sig_of_emptystring"));
    }

    // What the signature is of is not written down: it is neither the digest of nothing by Keccak-256, SHA3-256 or
    // SHA-256, nor zero, nor Bitcoin's digest of an empty message, and no client that runs this file checks it against
    // a message. So it is held to what any signature must be: it names some key.
    private static CaseVerdict CheckSignature(JsonElement signature)
    {
        Span<byte> scalars = stackalloc byte[64];
        Span<byte> publicKey = stackalloc byte[64];
        signature.Word("r").WriteBigEndian(scalars);
        signature.Word("s").WriteBigEndian(scalars[32..]);
        int recoveryId = (int)signature.Number("v") - 27;
        Hash256 nothing = Hash256.Keccak([]);
        return Secp256k1.TryRecover(
            Hash256.AsSpan(in nothing), scalars[..32], scalars[32..], recoveryId, publicKey)
            ? CaseVerdict.Pass()
            : CaseVerdict.Differs("signature", "one that names a key", "none");
    }
}
