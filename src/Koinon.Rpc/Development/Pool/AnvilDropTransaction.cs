using System.Text.Json.Nodes;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Pool;

/// <summary><c>anvil_dropTransaction</c>: gives up a transaction that waits.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
/// <param name="manner">The answer is the hash or null in anvil's manner, true or false in Hardhat's.</param>
public sealed class AnvilDropTransaction(Ledger ledger, TransactionPool pool, Manner manner)
    : RpcQuery<Hash256, JsonNode>
{
    /// <inheritdoc/>
    public override string Name => "anvil_dropTransaction";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_dropTransaction"];

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<JsonNode> Answer(Hash256 parameters)
    {
        bool waits = pool.TryGet(parameters, out _);
        if (!waits && manner == Manner.Hardhat && ledger.TryGetTransaction(parameters, out _))
        {
            return RpcError.InvalidParameters(
                $"Transaction {parameters} cannot be dropped because it's already mined");
        }

        pool.Remove(parameters);
        JsonNode? answer = manner == Manner.Hardhat ? JsonValue.Create(waits)
            : waits ? JsonValue.Create(parameters.ToString())
            : null;
        return new RpcResult<JsonNode>(answer);
    }
}
