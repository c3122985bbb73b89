using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Eth;

/// <summary>Accounts whose keys a server holds: those of a development chain, later those of a key store.</summary>
public interface IWallet
{
    /// <summary>The accounts, in their order.</summary>
    IReadOnlyList<Address> Addresses { get; }

    /// <summary>Signs a transaction.</summary>
    /// <param name="transaction">The transaction without its signature.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="signed">The transaction with its signature.</param>
    /// <returns><see langword="false"/> where the wallet does not hold the sender's key.</returns>
    bool TrySign(Transaction transaction, in Address sender, [NotNullWhen(true)] out Transaction? signed);
}
