using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

/// <summary>An account's word that it delegates to the code at an address (EIP-7702).</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed class Authorization
{
    /// <summary>The byte before what is signed, so that no other signature means an authorization.</summary>
    public const byte Magic = 0x05;

    private RecoveredAddress _authority;

    /// <summary>The chain it holds on; 0 for every chain.</summary>
    public UInt256 ChainId { get; init; }

    /// <summary>Whose code is delegated to; the zero address ends a delegation.</summary>
    public Address Address { get; init; }

    /// <summary>The nonce the account must have.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Whether the ephemeral point's y is odd; only 0 and 1 name an authority.</summary>
    public byte YParity { get; init; }

    /// <summary>R of the signature.</summary>
    public UInt256 R { get; init; }

    /// <summary>S of the signature; only a low one names an authority.</summary>
    public UInt256 S { get; init; }

    /// <summary>What is signed: the digest of 0x05 and the list of chain id, address and nonce.</summary>
    public Hash256 SigningHash
    {
        get
        {
            RlpWriter writer = new(stackalloc byte[96]);
            writer.WriteRaw([Magic]);
            int list = writer.BeginList();
            writer.Write(ChainId);
            writer.Write(Address);
            writer.Write(Nonce);
            writer.EndList(list);
            Hash256 hash = Hash256.Keccak(writer.Written);
            writer.Dispose();
            return hash;
        }
    }

    /// <summary>Writes the authorization as the list it is.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        int list = writer.BeginList();
        writer.Write(ChainId);
        writer.Write(Address);
        writer.Write(Nonce);
        writer.Write((ulong)YParity);
        writer.Write(R);
        writer.Write(S);
        writer.EndList(list);
    }

    /// <summary>The account that signed.</summary>
    /// <param name="authority">Its address.</param>
    /// <returns><see langword="false"/> where y parity, r or s is out of range, s is high or no key fits.</returns>
    /// <remarks>Recovered once and kept. Chain and nonce are for the executor to judge.</remarks>
    public bool TryRecoverAuthority(out Address authority)
    {
        if (!_authority.IsKnown)
        {
            bool found = new TransactionSignature(YParity, R, S).HasLowS && YParity <= 1;
            authority = default;
            found = found && RecoveredAddress.TryRecover(SigningHash, R, S, YParity, out authority);
            _authority.Keep(found, authority);
        }

        return _authority.TryGet(out authority);
    }
}
