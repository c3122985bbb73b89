using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>An authorization as answers show it (EIP-7702).</summary>
/// <param name="ChainId">The chain it holds for; zero for every chain.</param>
/// <param name="Address">The code's address.</param>
/// <param name="Nonce">The authority's nonce.</param>
/// <param name="YParity">Parity of the signature's point.</param>
/// <param name="R">The signature's r.</param>
/// <param name="S">The signature's s.</param>
public sealed record AuthorizationJson(
    Quantity ChainId, Address Address, Quantity Nonce, Quantity YParity, Quantity R, Quantity S)
{
    /// <summary>The shape of an authorization.</summary>
    public static AuthorizationJson Of(Authorization authorization) => new(
        authorization.ChainId,
        authorization.Address,
        authorization.Nonce,
        (ulong)authorization.YParity,
        authorization.R,
        authorization.S);
}
