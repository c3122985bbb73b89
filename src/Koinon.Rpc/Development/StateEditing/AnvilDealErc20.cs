using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_dealERC20</c>: sets how much of a token an account has.</summary>
/// <param name="tokens">Finds where tokens keep their numbers.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilDealErc20(TokenSlots tokens, Manner manner)
    : DevelopmentCommand<(Address Account, Address Token, UInt256 Amount)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_dealERC20";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases =>
        ["hardhat_dealERC20", "anvil_setERC20Balance", "hardhat_setERC20Balance", "tenderly_setErc20Balance"];

    /// <inheritdoc/>
    protected override (Address Account, Address Token, UInt256 Amount) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Address(), reader.Required(NumberReader.Word));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Account, Address Token, UInt256 Amount) parameters, CancellationToken cancellation) =>
        tokens.SetBalanceAsync(parameters.Token, parameters.Account, parameters.Amount, cancellation);
}
