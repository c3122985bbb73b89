using System.Diagnostics.CodeAnalysis;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Eth;

namespace Koinon.Node.Development;

/// <summary>
/// The accounts of a development chain. Their keys lie in memory, open to anyone: they hold no real ether.
/// </summary>
public sealed class DevelopmentWallet : IWallet
{
    private const int PublicKeySize = 64;
    private const int SignatureSize = 64;
    private const int DigestSize = 32;

    private readonly Dictionary<Address, ReadOnlyMemory<byte>> _secrets = [];
    private readonly List<Address> _addresses = [];

    /// <summary>Makes a wallet of secret keys.</summary>
    /// <param name="secretKeys">32 bytes each, in the order in which the accounts are shown.</param>
    /// <exception cref="ArgumentException">A key is zero, above the group's order, or not 32 bytes long.</exception>
    public DevelopmentWallet(IEnumerable<ReadOnlyMemory<byte>> secretKeys)
    {
        foreach (ReadOnlyMemory<byte> secret in secretKeys)
        {
            Address address = AddressOf(secret.Span);
            if (_secrets.TryAdd(address, secret))
            {
                _addresses.Add(address);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Address> Addresses => _addresses;

    /// <inheritdoc/>
    public bool TrySign(Transaction transaction, in Address sender, [NotNullWhen(true)] out Transaction? signed)
    {
        signed = null;
        if (!_secrets.TryGetValue(sender, out ReadOnlyMemory<byte> secret))
        {
            return false;
        }

        Hash256 hash = transaction.SigningHash;
        Span<byte> signature = stackalloc byte[SignatureSize];
        if (!Secp256k1.TrySign(secret.Span, Hash256.AsSpan(in hash), signature, out int recoveryId))
        {
            return false;
        }

        UInt256 r = UInt256.FromBigEndian(signature[..32]);
        UInt256 s = UInt256.FromBigEndian(signature[32..]);
        byte parity = (byte)(recoveryId & 1);
        signed = transaction.WithSignature(transaction.Type == TransactionType.Legacy
            ? TransactionSignature.ForLegacy(transaction.ChainId, parity, r, s)
            : new TransactionSignature((uint)parity, r, s));
        return true;
    }

    private static Address AddressOf(ReadOnlySpan<byte> secret)
    {
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        if (!Secp256k1.TryGetPublicKey(secret, publicKey))
        {
            throw new ArgumentException("A secret key is 32 bytes, above zero and below the order of secp256k1.");
        }

        Span<byte> digest = stackalloc byte[DigestSize];
        Keccak256.Hash(publicKey, digest);
        return new Address(digest[(DigestSize - Address.Size)..]);
    }
}
