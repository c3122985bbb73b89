using System.Text;
using System.Text.Json;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// A transaction that the next block may hold; its texts are made once, when somebody first wants them.
/// </summary>
/// <param name="transaction">The transaction.</param>
internal sealed class PendingEvent(Transaction transaction)
{
    private ReadOnlyMemory<byte> _hash;
    private ReadOnlyMemory<byte> _whole;

    /// <summary>Its hash, or the whole of it, as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json(bool whole)
    {
        if (whole)
        {
            return _whole.IsEmpty ? _whole = Whole() : _whole;
        }

        return _hash.IsEmpty ? _hash = Encoding.ASCII.GetBytes($"\"{transaction.Hash}\"") : _hash;
    }

    private byte[] Whole() => JsonSerializer.SerializeToUtf8Bytes(
        TransactionJson.Of(transaction, position: null), RpcJsonContext.Default.TransactionJson);
}
