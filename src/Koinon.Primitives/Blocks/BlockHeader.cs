using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>A block's header, of any fork.</summary>
/// <remarks>
/// Immutable; safe from any thread. Fields that came with a fork are <see langword="null"/> before it, and where one
/// is null so are all after it. Its hash is for consensus to say (<see cref="SealedHeader"/>); <see cref="KeccakOf"/>
/// is the plain one.
/// </remarks>
public sealed class BlockHeader
{
    /// <summary>Hash of the parent.</summary>
    public Hash256 ParentHash { get; init; }

    /// <summary>Hash of the list of uncles.</summary>
    public Hash256 UnclesHash { get; init; }

    /// <summary>Who receives fees and reward.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>Root of the state after the block.</summary>
    public Hash256 StateRoot { get; init; }

    /// <summary>Root of the transactions.</summary>
    public Hash256 TransactionsRoot { get; init; }

    /// <summary>Root of the receipts.</summary>
    public Hash256 ReceiptsRoot { get; init; }

    /// <summary>Filter over the logs.</summary>
    public Bloom LogsBloom { get; init; }

    /// <summary>Difficulty; 0 after the merge.</summary>
    public UInt256 Difficulty { get; init; }

    /// <summary>How many blocks stand before it.</summary>
    public ulong Number { get; init; }

    /// <summary>The most gas its transactions may use.</summary>
    public ulong GasLimit { get; init; }

    /// <summary>The gas its transactions used.</summary>
    public ulong GasUsed { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>Free bytes of the author.</summary>
    public ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>Mix hash of the proof of work; after the merge the beacon chain's randomness (EIP-4399).</summary>
    public Hash256 MixHash { get; init; }

    /// <summary>Nonce of the proof of work, 8 bytes on the wire; 0 after the merge.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Wei that a unit of gas costs and that is burnt (EIP-1559).</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>Root of the withdrawals (EIP-4895).</summary>
    public Hash256? WithdrawalsRoot { get; init; }

    /// <summary>Blob gas of the block's blobs (EIP-4844).</summary>
    public ulong? BlobGasUsed { get; init; }

    /// <summary>Blob gas over the target that has gathered (EIP-4844).</summary>
    public ulong? ExcessBlobGas { get; init; }

    /// <summary>Root of the parent beacon block (EIP-4788).</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>Hash of the execution requests (EIP-7685).</summary>
    public Hash256? RequestsHash { get; init; }

    /// <summary>The digest of a header's encoding: its hash under proof of work and after the merge.</summary>
    /// <remarks>Computed at each call.</remarks>
    public static Hash256 KeccakOf(BlockHeader header)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        header.EncodeTo(ref writer);
        Hash256 hash = Hash256.Keccak(writer.Written);
        writer.Dispose();
        return hash;
    }

    /// <summary>The digest of the list of some headers: the uncles' hash of a block.</summary>
    public static Hash256 UnclesHashOf(IReadOnlyList<BlockHeader> uncles)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        EncodeListTo(ref writer, uncles);
        Hash256 hash = Hash256.Keccak(writer.Written);
        writer.Dispose();
        return hash;
    }

    /// <summary>Decodes one header.</summary>
    /// <param name="bytes">All of it and nothing else.</param>
    /// <param name="header">The header, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out BlockHeader? header, out HeaderDecodeError error)
    {
        RlpReader reader = new(bytes);
        error = HeaderDecoder.Read(ref reader, out header);
        if (header is not null && !reader.IsEmpty)
        {
            error = new HeaderDecodeError(BodyDecodeReason.TrailingBytes, HeaderField.List);
            header = null;
        }

        return header is not null;
    }

    /// <summary>Writes the header as the list it is.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        int list = writer.BeginList();
        EncodeFieldsTo(ref writer);
        writer.EndList(list);
    }

    /// <summary>Writes headers as a list.</summary>
    internal static void EncodeListTo(ref RlpWriter writer, IReadOnlyList<BlockHeader> headers)
    {
        int list = writer.BeginList();
        for (int i = 0; i < headers.Count; i++)
        {
            headers[i].EncodeTo(ref writer);
        }

        writer.EndList(list);
    }

    private void EncodeFieldsTo(ref RlpWriter writer)
    {
        EncodeUnsealedFieldsTo(ref writer);
        writer.Write(MixHash);
        writer.WriteStringHeader(sizeof(ulong));
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(nonce, Nonce);
        writer.WriteRaw(nonce);
        EncodeForkFieldsTo(ref writer);
    }

    private void EncodeUnsealedFieldsTo(ref RlpWriter writer)
    {
        writer.Write(ParentHash);
        writer.Write(UnclesHash);
        writer.Write(Beneficiary);
        writer.Write(StateRoot);
        writer.Write(TransactionsRoot);
        writer.Write(ReceiptsRoot);
        Bloom bloom = LogsBloom;
        writer.Write(Bloom.AsSpan(in bloom));
        writer.Write(Difficulty);
        writer.Write(Number);
        writer.Write(GasLimit);
        writer.Write(GasUsed);
        writer.Write(Timestamp);
        writer.Write(ExtraData.Span);
    }

    private void EncodeForkFieldsTo(ref RlpWriter writer)
    {
        if (BaseFeePerGas is { } baseFee)
        {
            writer.Write(baseFee);
        }

        if (WithdrawalsRoot is { } withdrawalsRoot)
        {
            writer.Write(withdrawalsRoot);
        }

        if (BlobGasUsed is { } blobGasUsed)
        {
            writer.Write(blobGasUsed);
        }

        if (ExcessBlobGas is { } excessBlobGas)
        {
            writer.Write(excessBlobGas);
        }

        if (ParentBeaconBlockRoot is { } beaconRoot)
        {
            writer.Write(beaconRoot);
        }

        if (RequestsHash is { } requestsHash)
        {
            writer.Write(requestsHash);
        }
    }

    /// <summary>The digest of the header without mix hash and nonce: what proof of work seals.</summary>
    public Hash256 SealHash
    {
        get
        {
            RlpWriter writer = new(stackalloc byte[512]);
            int list = writer.BeginList();
            EncodeUnsealedFieldsTo(ref writer);
            EncodeForkFieldsTo(ref writer);
            writer.EndList(list);
            Hash256 hash = Hash256.Keccak(writer.Written);
            writer.Dispose();
            return hash;
        }
    }
}
