using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Eth;

/// <summary>Accounts in whose name a server sends: those of a development chain, later those of a key store.</summary>
public interface IWallet
{
    /// <summary>The accounts that are shown, in their order.</summary>
    IReadOnlyList<Address> Addresses { get; }

    /// <summary>The account that sends where a request names none.</summary>
    Address? Default => Addresses.Count > 0 ? Addresses[0] : null;

    /// <summary>Whether transactions may be sent in an account's name.</summary>
    bool Sends(in Address account) => Addresses.Contains(account);

    /// <summary>Signs a transaction, or names its sender where a development chain lets anybody send for it.</summary>
    /// <param name="transaction">The transaction without its signature.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="signed">The transaction as it may be handed in.</param>
    /// <returns><see langword="false"/> where the wallet does not send for that account.</returns>
    bool TrySign(Transaction transaction, in Address sender, [NotNullWhen(true)] out Transaction? signed);

    /// <summary>Signs a digest.</summary>
    /// <param name="digest">What to sign.</param>
    /// <param name="signer">Whose key signs.</param>
    /// <param name="signature">65 bytes: r, s, and v of 27 or 28.</param>
    /// <returns><see langword="false"/> where the wallet does not hold the signer's key.</returns>
    bool TrySign(in Hash256 digest, in Address signer, [NotNullWhen(true)] out byte[]? signature)
    {
        signature = null;
        return false;
    }
}
