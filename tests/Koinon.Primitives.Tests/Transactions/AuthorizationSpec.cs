using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Transactions;

/// <summary>An authorization in a form that shrinks well.</summary>
public sealed record AuthorizationSpec(
    WordSpec Chain, WordSpec Address, ulong Nonce, byte YParity, WordSpec R, WordSpec S)
{
    public Authorization Authorization => new()
    {
        ChainId = Chain.Value,
        Address = Primitives.Address.FromWord(Address.Value),
        Nonce = Nonce,
        YParity = YParity,
        R = R.Value,
        S = S.Value,
    };

    public NaiveRlp Rlp => NaiveRlp.List(
        Chain.Rlp,
        NaiveRlp.String(AccessSpec.Padded(Address.Value)[12..]),
        NaiveRlp.Number(Nonce),
        NaiveRlp.Number((ulong)YParity),
        R.Rlp,
        S.Rlp);
}
