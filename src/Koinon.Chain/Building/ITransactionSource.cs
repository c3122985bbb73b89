using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>Where a block's transactions come from, one after another.</summary>
internal interface ITransactionSource
{
    /// <summary>The next to try.</summary>
    bool TryTake([NotNullWhen(true)] out Transaction? transaction);

    /// <summary>The one last taken stands in the block.</summary>
    void Include();

    /// <summary>The one last taken does not; neither shall those that its sender has behind it.</summary>
    /// <param name="error">Why; <see cref="TransactionError.None"/> where only room is lacking.</param>
    void Leave(TransactionError error);
}
