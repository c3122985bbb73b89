using System.Diagnostics.CodeAnalysis;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Eth;

namespace Koinon.Node.Development;

/// <summary>
/// The accounts of a development chain. Their keys lie in memory, open to anyone: they hold no real ether. It also
/// sends for accounts that are impersonated, without a signature.
/// </summary>
public sealed class DevelopmentWallet : IWallet
{
    private const int PublicKeySize = 64;
    private const int SignatureSize = 64;
    private const int DigestSize = 32;

    private readonly Dictionary<Address, ReadOnlyMemory<byte>> _secrets = [];
    private readonly List<Address> _addresses = [];
    private readonly Impersonation _impersonation;
    private readonly Manner _manner;

    /// <summary>Makes a wallet of secret keys.</summary>
    /// <param name="secretKeys">32 bytes each, in the order in which the accounts are shown.</param>
    /// <param name="impersonation">For whom it sends besides.</param>
    /// <param name="manner">Whether those are shown, as anvil does.</param>
    /// <exception cref="ArgumentException">A key is zero, above the group's order, or not 32 bytes long.</exception>
    public DevelopmentWallet(
        IEnumerable<ReadOnlyMemory<byte>> secretKeys, Impersonation impersonation, Manner manner = Manner.Anvil)
    {
        _impersonation = impersonation;
        _manner = manner;
        foreach (ReadOnlyMemory<byte> secret in secretKeys)
        {
            Address address = AddressOf(secret.Span);
            if (_secrets.TryAdd(address, secret))
            {
                _addresses.Add(address);
            }
        }
    }

    /// <summary>The accounts whose keys it holds.</summary>
    public IReadOnlyList<Address> Own => _addresses;

    /// <inheritdoc/>
    public IReadOnlyList<Address> Addresses => _manner == Manner.Anvil && _impersonation.Accounts.Count > 0
        ? [.. _addresses, .. _impersonation.Accounts.Where(account => !_secrets.ContainsKey(account))]
        : _addresses;

    /// <inheritdoc/>
    public bool Sends(in Address account) => _secrets.ContainsKey(account) || _impersonation.Includes(account);

    /// <inheritdoc/>
    public bool TrySign(Transaction transaction, in Address sender, [NotNullWhen(true)] out Transaction? signed)
    {
        if (TrySign(transaction.SigningHash, sender, out UInt256 r, out UInt256 s, out byte parity))
        {
            TransactionSignature signature = transaction.Type == TransactionType.Legacy
                ? TransactionSignature.ForLegacy(transaction.ChainId, parity, r, s)
                : new TransactionSignature((uint)parity, r, s);
            signed = transaction.WithSignature(signature, sender);
            return true;
        }

        signed = _impersonation.Includes(sender) ? transaction.WithUnsignedSender(sender) : null;
        return signed is not null;
    }

    /// <inheritdoc/>
    public bool TrySign(in Hash256 digest, in Address signer, [NotNullWhen(true)] out byte[]? signature)
    {
        signature = null;
        if (!TrySign(digest, signer, out UInt256 r, out UInt256 s, out byte parity))
        {
            return false;
        }

        signature = new byte[SignatureSize + 1];
        r.WriteBigEndian(signature);
        s.WriteBigEndian(signature.AsSpan(UInt256.Size));
        signature[SignatureSize] = (byte)(27 + parity);
        return true;
    }

    private bool TrySign(in Hash256 digest, in Address signer, out UInt256 r, out UInt256 s, out byte parity)
    {
        (r, s, parity) = (default, default, default);
        Span<byte> signature = stackalloc byte[SignatureSize];
        if (!_secrets.TryGetValue(signer, out ReadOnlyMemory<byte> secret)
            || !Secp256k1.TrySign(secret.Span, Hash256.AsSpan(in digest), signature, out int recoveryId))
        {
            return false;
        }

        r = UInt256.FromBigEndian(signature[..UInt256.Size]);
        s = UInt256.FromBigEndian(signature[UInt256.Size..]);
        parity = (byte)(recoveryId & 1);
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
