using System.Diagnostics.CodeAnalysis;

namespace Koinon.Primitives.Transactions;

// Decoding: the work is TransactionDecoder's.
public sealed partial class Transaction
{
    /// <summary>Keeps the bytes it was decoded from, which are its encoding.</summary>
    internal Transaction(ReadOnlyMemory<byte> source) => _source = source;

    /// <summary>Decodes the form that a block's root is of: type and payload, or the legacy list; no sidecar.</summary>
    /// <param name="bytes">All of the transaction and nothing else; copied once.</param>
    /// <param name="transaction">The transaction, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    /// <remarks>Judges the form alone: signatures, fees and what a fork allows are for others.</remarks>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Transaction? transaction, out TransactionDecodeError error) =>
        TryDecodeInPlace(bytes.ToArray(), out transaction, out error);

    /// <summary>Decodes as <see cref="TryDecode"/> does, without a copy.</summary>
    /// <param name="bytes">Kept by the transaction: they may not change any more.</param>
    /// <param name="transaction">The transaction, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    public static bool TryDecodeInPlace(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Transaction? transaction, out TransactionDecodeError error)
    {
        TransactionDecoder decoder = new(bytes);
        transaction = decoder.Decode();
        error = decoder.Error;
        return transaction is not null;
    }

    /// <summary>
    /// Decodes the form in which nodes pass a transaction on: a blob transaction comes with its sidecar.
    /// </summary>
    /// <param name="bytes">All of the transaction and nothing else; copied once.</param>
    /// <param name="transaction">The transaction, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    /// <remarks>Lengths and counts of the sidecar are judged, its proofs are not.</remarks>
    public static bool TryDecodeNetworkForm(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Transaction? transaction, out TransactionDecodeError error)
    {
        TransactionDecoder decoder = new(bytes.ToArray());
        transaction = decoder.DecodeNetworkForm();
        error = decoder.Error;
        return transaction is not null;
    }
}
