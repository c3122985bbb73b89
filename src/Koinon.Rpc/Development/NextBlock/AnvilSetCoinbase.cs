using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.NextBlock;

/// <summary><c>anvil_setCoinbase</c>: says who receives the fees of the blocks to come.</summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetCoinbase(BlockProducer producer, Manner manner) : DevelopmentCommand<Address>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setCoinbase";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setCoinbase"];

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(Address parameters, CancellationToken cancellation)
    {
        producer.AmendSettings(settings => settings with { Beneficiary = parameters });
        return default;
    }
}
