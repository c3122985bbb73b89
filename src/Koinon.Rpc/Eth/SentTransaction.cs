using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>Reads a signed transaction as it is sent.</summary>
internal static class SentTransaction
{
    /// <summary>Decodes a transaction that somebody signed, with its blobs if it has any.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="error">Why it is none that can be sent.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Transaction? transaction,
        [NotNullWhen(false)] out RpcError? error)
    {
        error = !Transaction.TryDecodeNetworkForm(bytes.Span, out transaction, out TransactionDecodeError wrong)
                ? ErrorOf(wrong, bytes.Span)

            // Only who speaks for an account may leave out its signature (eth_sendTransaction).
            : transaction.IsUnsigned ? RpcError.Server("invalid sender")
            : null;
        return error is null;
    }

    // What clients know by its text has that text; the rest says what is wrong with which field.
    private static RpcError ErrorOf(in TransactionDecodeError wrong, ReadOnlySpan<byte> bytes) => wrong.Reason switch
    {
        TransactionDecodeReason.TypeUnknown => RpcError.Server($"transaction type not supported: type {bytes[0]}"),
        TransactionDecodeReason.CreationNotAllowed => TransactionTexts.ErrorOf(
            bytes[0] == (byte)TransactionType.Blob
                ? TransactionError.BlobCreation
                : TransactionError.AuthorizationCreation,
            detail: null),
        _ => RpcError.InvalidParameters($"failed to decode signed transaction: {wrong}"),
    };
}
