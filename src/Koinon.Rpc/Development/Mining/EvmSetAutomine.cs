using Koinon.Chain.Building;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary><c>evm_setAutomine</c>: builds a block for each transaction at once, or no longer.</summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">
/// In anvil's manner blocks then come in no other way, and what waits is built at once; in Hardhat's the interval
/// stays, and what waits goes with the next block.
/// </param>
public sealed class EvmSetAutomine(BlockProducer producer, Manner manner) : DevelopmentCommand<bool>(manner)
{
    /// <inheritdoc/>
    public override string Name => "evm_setAutomine";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_setAutomine", "hardhat_setAutomine"];

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.Required(NumberReader.Flag);

    /// <inheritdoc/>
    protected override async ValueTask<RpcError?> DoAsync(bool parameters, CancellationToken cancellation)
    {
        if (Manner == Manner.Hardhat)
        {
            producer.SetMode(producer.Mode with { IsAutomatic = parameters });
            return null;
        }

        if (producer.Mode.IsAutomatic != parameters)
        {
            producer.SetMode(parameters ? MiningMode.Automatic : MiningMode.Manual);
        }

        if (parameters)
        {
            await producer.ProduceReadyAsync(cancellation).ConfigureAwait(false);
        }

        return null;
    }
}
