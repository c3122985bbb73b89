using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_setERC20Allowance</c>: sets how much of a token an account may spend of another's.</summary>
/// <param name="tokens">Finds where tokens keep their numbers.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetErc20Allowance(TokenSlots tokens, Manner manner)
    : DevelopmentCommand<(Address Owner, Address Spender, Address Token, UInt256 Amount)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setERC20Allowance";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setERC20Allowance"];

    /// <inheritdoc/>
    protected override (Address Owner, Address Spender, Address Token, UInt256 Amount) Read(
        ref ParameterReader reader) =>
        (reader.Address(), reader.Address(), reader.Address(), reader.Required(NumberReader.Word));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Owner, Address Spender, Address Token, UInt256 Amount) parameters, CancellationToken cancellation) =>
        tokens.SetAllowanceAsync(
            parameters.Token, parameters.Owner, parameters.Spender, parameters.Amount, cancellation);
}
