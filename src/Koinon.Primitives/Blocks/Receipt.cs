using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>What became of a transaction in its block.</summary>
/// <remarks>
/// Immutable; safe from any thread. Either <see cref="Succeeded"/> or <see cref="PostStateRoot"/> is set: the root in
/// the forks before Byzantium, the status from it on (EIP-658).
/// </remarks>
public sealed class Receipt
{
    /// <summary>The transaction's type.</summary>
    public TransactionType Type { get; init; }

    /// <summary>
    /// Whether the outermost call succeeded (EIP-658); <see langword="null"/> where the root stands instead.
    /// </summary>
    public bool? Succeeded { get; init; }

    /// <summary>
    /// Root of the state after the transaction; <see langword="null"/> where the status stands instead.
    /// </summary>
    public Hash256? PostStateRoot { get; init; }

    /// <summary>Gas that the block's transactions used up to and with this one.</summary>
    public ulong CumulativeGasUsed { get; init; }

    /// <summary>Filter over the logs.</summary>
    public Bloom Bloom { get; init; }

    /// <summary>The logs in the order they were written.</summary>
    public IReadOnlyList<Log> Logs { get; init; } = [];

    /// <summary>The filter over some logs.</summary>
    public static Bloom BloomOf(IReadOnlyList<Log> logs)
    {
        Bloom bloom = default;
        for (int i = 0; i < logs.Count; i++)
        {
            logs[i].AddTo(ref bloom);
        }

        return bloom;
    }

    /// <summary>Decodes the encoding that a block's root is of.</summary>
    /// <param name="bytes">All of it and nothing else. Kept by its logs: the bytes may not change any more.</param>
    /// <param name="receipt">The receipt, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Receipt? receipt, out ReceiptDecodeError error)
    {
        ReceiptDecoder decoder = new(bytes);
        receipt = decoder.Decode();
        error = decoder.Error;
        return receipt is not null;
    }

    /// <summary>Writes the encoding that a block's root is of: type and payload, or the legacy list.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        if (Type != TransactionType.Legacy)
        {
            writer.WriteRaw([(byte)Type]);
        }

        int list = writer.BeginList();
        if (PostStateRoot is { } root)
        {
            writer.Write(root);
        }
        else
        {
            writer.Write(Succeeded == true ? 1UL : 0UL);
        }

        writer.Write(CumulativeGasUsed);
        Bloom bloom = Bloom;
        writer.Write(Bloom.AsSpan(in bloom));
        Log.EncodeListTo(ref writer, Logs);
        writer.EndList(list);
    }

    /// <summary>Writes the receipt as an item of a list: a typed one is wrapped into a string.</summary>
    public void EncodeAsItemTo(ref RlpWriter writer)
    {
        if (Type == TransactionType.Legacy)
        {
            EncodeTo(ref writer);
            return;
        }

        int item = writer.BeginList();
        EncodeTo(ref writer);
        writer.EndString(item);
    }
}
