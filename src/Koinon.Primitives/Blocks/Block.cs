using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>A header with the body it stands for.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed class Block
{
    private int _size;

    /// <summary>The header.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>The transactions in their order.</summary>
    public IReadOnlyList<Transaction> Transactions { get; init; } = [];

    /// <summary>Headers of blocks that lost, for which their authors are paid before the merge.</summary>
    public IReadOnlyList<BlockHeader> Uncles { get; init; } = [];

    /// <summary>The withdrawals (EIP-4895); <see langword="null"/> in forks that have none.</summary>
    public IReadOnlyList<Withdrawal>? Withdrawals { get; init; }

    /// <summary>Length of the encoding in bytes (EIP-7934 limits it).</summary>
    /// <remarks>Known where the block was decoded, else found at the first call by encoding it.</remarks>
    public int Size
    {
        get => _size != 0 ? _size : _size = MeasureSize();
        internal init => _size = value;
    }

    /// <summary>Decodes one block.</summary>
    /// <param name="bytes">
    /// All of it and nothing else. Kept by its transactions: the bytes may not change any more.
    /// </param>
    /// <param name="block">The block, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not: the first reason in reading order.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Block? block, out BlockDecodeError error)
    {
        BlockDecoder decoder = new(bytes);
        block = decoder.Decode();
        error = decoder.Error;
        return block is not null;
    }

    /// <summary>Decodes a block whose senders are known since it was executed.</summary>
    /// <param name="bytes">
    /// All of it and nothing else. Kept by its transactions: the bytes may not change any more.
    /// </param>
    /// <param name="senders">The senders of its transactions, 20 bytes each, in their order; nothing else is checked.
    /// </param>
    /// <param name="block">The block, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not: the first reason in reading order.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes,
        ReadOnlySpan<byte> senders,
        [NotNullWhen(true)] out Block? block,
        out BlockDecodeError error)
    {
        if (!TryDecode(bytes, out block, out error))
        {
            return false;
        }

        int known = Math.Min(block.Transactions.Count, senders.Length / Address.Size);
        for (int i = 0; i < known; i++)
        {
            block.Transactions[i].KeepSender(new Address(senders.Slice(i * Address.Size, Address.Size)));
        }

        return true;
    }

    /// <summary>Writes the block as the list it is.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        int list = writer.BeginList();
        Header.EncodeTo(ref writer);
        int transactionsLength = 0;
        for (int i = 0; i < Transactions.Count; i++)
        {
            transactionsLength += Transactions[i].ItemLength;
        }

        writer.WriteListHeader(transactionsLength);
        for (int i = 0; i < Transactions.Count; i++)
        {
            Transactions[i].EncodeAsItemTo(ref writer);
        }

        BlockHeader.EncodeListTo(ref writer, Uncles);
        if (Withdrawals is { } withdrawals)
        {
            int withdrawalsList = writer.BeginList();
            for (int i = 0; i < withdrawals.Count; i++)
            {
                withdrawals[i].EncodeTo(ref writer);
            }

            writer.EndList(withdrawalsList);
        }

        writer.EndList(list);
    }

    /// <summary>The block's encoding as an array of its own.</summary>
    public byte[] Encode()
    {
        RlpWriter writer = new(stackalloc byte[512]);
        EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    private int MeasureSize()
    {
        RlpWriter writer = new(stackalloc byte[512]);
        EncodeTo(ref writer);
        int size = writer.Length;
        writer.Dispose();
        return size;
    }
}
