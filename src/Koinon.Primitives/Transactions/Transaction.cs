using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

/// <summary>A transaction of any type, signed or not yet.</summary>
/// <remarks>
/// Immutable and safe from any thread: encoding, hash and sender are found at most once each and kept (threads that
/// race write the same bytes). A field that a type does not have holds its default and is neither encoded nor signed.
/// </remarks>
public sealed partial class Transaction
{
    private readonly ReadOnlyMemory<byte> _source;
    private byte[]? _encoded;
    private RecoveredAddress _sender;
    private Hash256 _hash;
    private bool _hashKnown;

    /// <summary>A transaction to be filled by its initialiser.</summary>
    public Transaction()
    {
    }

    private Transaction(Transaction other)
    {
        Type = other.Type;
        ChainId = other.ChainId;
        Nonce = other.Nonce;
        GasLimit = other.GasLimit;
        MaxFeePerGas = other.MaxFeePerGas;
        MaxPriorityFeePerGas = other.MaxPriorityFeePerGas;
        To = other.To;
        Value = other.Value;
        Data = other.Data;
        AccessList = other.AccessList;
        MaxFeePerBlobGas = other.MaxFeePerBlobGas;
        BlobVersionedHashes = other.BlobVersionedHashes;
        AuthorizationList = other.AuthorizationList;
        Sidecar = other.Sidecar;
    }

    /// <summary>Which kind of transaction it is.</summary>
    public TransactionType Type { get; init; }

    /// <summary>The chain it is for; <see langword="null"/> for a legacy transaction that any chain takes.</summary>
    public UInt256? ChainId { get; init; }

    /// <summary>How many transactions the sender sent before.</summary>
    public ulong Nonce { get; init; }

    /// <summary>The most gas it may use.</summary>
    public ulong GasLimit { get; init; }

    /// <summary>The most wei a unit of gas may cost: the gas price of legacy and access-list transactions.</summary>
    public UInt256 MaxFeePerGas { get; init; }

    /// <summary>
    /// The most wei a unit of gas may bring the block's author: the gas price where a type has only that.
    /// </summary>
    public UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>The receiver; <see langword="null"/> where a contract is created.</summary>
    public Address? To { get; init; }

    /// <summary>Wei that the receiver gets.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Call data, or the initialisation code of a contract.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Accounts and slots announced in advance (EIP-2930).</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>The most wei a unit of blob gas may cost (EIP-4844).</summary>
    public UInt256 MaxFeePerBlobGas { get; init; }

    /// <summary>The blobs' versioned hashes (EIP-4844).</summary>
    public IReadOnlyList<Hash256> BlobVersionedHashes { get; init; } = [];

    /// <summary>Delegations that accounts signed (EIP-7702).</summary>
    public IReadOnlyList<Authorization> AuthorizationList { get; init; } = [];

    /// <summary>The signature; <see langword="null"/> where it is not signed.</summary>
    public TransactionSignature? Signature { get; init; }

    /// <summary>Blobs, commitments and proofs, where it came in network form; no part of its hash.</summary>
    public BlobSidecar? Sidecar { get; init; }

    /// <summary>
    /// Whether no one signed it and it names its sender instead: r is the address and s is 0, which no signature's is.
    /// </summary>
    /// <remarks>
    /// Legal only where a development chain's rules say so. Its hash is its sender's own; encoding keeps the sender.
    /// </remarks>
    public bool IsUnsigned =>
        Signature is { } signature
        && signature.S.IsZero
        && signature.R.BitLength <= 8 * Address.Size
        && signature.YParity == 0
        && IsRecoverable(signature);

    /// <summary>Whether it creates a contract.</summary>
    public bool IsCreation => To is null;

    /// <summary>Whether the signature's s is low, as it must be from Homestead on (EIP-2).</summary>
    public bool HasLowS => Signature is not { } signature || signature.HasLowS;

    /// <summary>The encoding that a block holds and a hash is of: type and payload, or the legacy list.</summary>
    /// <remarks>Without sidecar. Where it is not signed, v, r and s are 0.</remarks>
    public ReadOnlyMemory<byte> Encoded => _source.IsEmpty ? _encoded ??= Encode() : _source;

    /// <summary>The hash by which it is known.</summary>
    public Hash256 Hash
    {
        get
        {
            if (!Volatile.Read(ref _hashKnown))
            {
                _hash = Hash256.Keccak(Encoded.Span);
                Volatile.Write(ref _hashKnown, true);
            }

            return _hash;
        }
    }

    /// <summary>What the sender signs.</summary>
    /// <remarks>Computed at each call.</remarks>
    public Hash256 SigningHash
    {
        get
        {
            RlpWriter writer = new(stackalloc byte[512]);
            WritePayload(ref writer, forSigning: true);
            Hash256 hash = Hash256.Keccak(writer.Written);
            writer.Dispose();
            return hash;
        }
    }

    /// <summary>The sender: who signed, or whom an unsigned transaction names.</summary>
    /// <param name="sender">Its address.</param>
    /// <returns><see langword="false"/> where v, r or s is out of range, no key fits, or no one signed.</returns>
    /// <remarks>
    /// Recovered once and kept. A high s is taken: the rule against it is a fork's (<see cref="HasLowS"/>), as are
    /// those on types and chain ids.
    /// </remarks>
    public bool TryGetSender(out Address sender)
    {
        if (!_sender.IsKnown)
        {
            bool found = TryFindSender(out Address address);
            _sender.Keep(found, address);
        }

        return _sender.TryGet(out sender);
    }

    /// <summary>The same transaction with a signature.</summary>
    public Transaction WithSignature(TransactionSignature signature) => new(this) { Signature = signature };

    /// <summary>The same transaction with a signature whose maker is known: nothing is recovered from it.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="signer">Whose key made it; it is taken at its word.</param>
    public Transaction WithSignature(TransactionSignature signature, in Address signer)
    {
        Transaction signed = WithSignature(signature);
        signed.KeepSender(signer);
        return signed;
    }

    /// <summary>The same transaction in the name of a sender who did not sign it (<see cref="IsUnsigned"/>).</summary>
    public Transaction WithUnsignedSender(in Address sender) => new(this)
    {
        Signature = Type == TransactionType.Legacy
            ? TransactionSignature.ForLegacy(ChainId, 0, sender.ToWord(), UInt256.Zero)
            : new TransactionSignature(UInt256.Zero, sender.ToWord(), UInt256.Zero),
    };

    /// <summary>The same transaction for a chain, not signed.</summary>
    public Transaction WithChainId(UInt256 chainId) => new(this) { ChainId = chainId };

    /// <summary>The same transaction without its sidecar, as a block holds it.</summary>
    public Transaction WithoutSidecar()
    {
        if (Sidecar is null)
        {
            return this;
        }

        Transaction bare = new(this) { Signature = Signature, Sidecar = null };
        if (_sender.IsKnown)
        {
            bare._sender.Keep(_sender.TryGet(out Address sender), sender);
        }

        return bare;
    }

    /// <summary>Takes a sender that was recovered before, so that it is not recovered again.</summary>
    internal void KeepSender(in Address sender) => _sender.Keep(found: true, sender);

    private bool TryFindSender(out Address sender)
    {
        if (IsUnsigned)
        {
            sender = Address.FromWord(Signature!.Value.R);
            return true;
        }

        sender = default;
        return Signature is { } signature
            && IsRecoverable(signature)
            && RecoveredAddress.TryRecover(SigningHash, signature.R, signature.S, signature.YParity, out sender);
    }

    // V must be one of the two values that its type and chain id allow.
    private bool IsRecoverable(in TransactionSignature signature)
    {
        if (Type != TransactionType.Legacy)
        {
            return signature.V <= UInt256.One;
        }

        UInt256 least = ChainId is { } chainId ? unchecked((chainId << 1) + 35u) : 27u;
        return signature.V == least || signature.V == unchecked(least + UInt256.One);
    }
}
