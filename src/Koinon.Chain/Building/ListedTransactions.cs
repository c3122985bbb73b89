using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>Given transactions in their order; behind one that is left out its sender's others are skipped.</summary>
internal sealed class ListedTransactions(IReadOnlyList<Transaction> transactions) : ITransactionSource
{
    private readonly HashSet<Address> _waiting = [];
    private int _next;

    public bool TryTake([NotNullWhen(true)] out Transaction? transaction)
    {
        while (_next < transactions.Count)
        {
            transaction = transactions[_next++];
            if (!transaction.TryGetSender(out Address sender) || !_waiting.Contains(sender))
            {
                return true;
            }
        }

        transaction = null;
        return false;
    }

    public void Include()
    {
    }

    public void Leave(TransactionError error)
    {
        if (transactions[_next - 1].TryGetSender(out Address sender))
        {
            _waiting.Add(sender);
        }
    }
}
