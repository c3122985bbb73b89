using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Eth;

namespace Koinon.Node.Chains;

/// <summary>A node holds no keys: whoever sends through it has signed.</summary>
internal sealed class NoWallet : IWallet
{
    public IReadOnlyList<Address> Addresses => [];

    public bool TrySign(Transaction transaction, in Address sender, [NotNullWhen(true)] out Transaction? signed)
    {
        signed = null;
        return false;
    }
}
