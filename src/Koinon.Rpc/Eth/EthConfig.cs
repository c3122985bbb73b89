using System.Buffers.Binary;
using Koinon.Chain;
using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm.Precompiles;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_config</c>: the rules of the chain now, next and at last (EIP-7910).</summary>
/// <param name="ledger">The chain.</param>
public sealed class EthConfig(Ledger ledger) : RpcQuery<NoParameters, ChainConfigJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_config";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<ChainConfigJson> Answer(NoParameters parameters)
    {
        BlockHeader head = ledger.Head.Header;
        ulong current = 0;
        ulong? next = null;
        ulong? last = null;
        foreach (ForkActivation activation in ledger.Genesis.Network.Activations)
        {
            if (activation.Kind != ActivationKind.Time || !activation.At.IsUInt64)
            {
                continue;
            }

            ulong time = activation.At.U0;
            current = time <= head.Timestamp ? time : current;
            next ??= time > head.Timestamp ? time : null;
            last = time > head.Timestamp ? time : last;
        }

        return new ChainConfigJson(
            ShapeOf(ledger.Head.Rules, current, head.Number, head.Timestamp),
            next is { } soon ? ShapeOf(RulesAt(soon), soon, ulong.MaxValue, soon) : null,
            last is { } far ? ShapeOf(RulesAt(far), far, ulong.MaxValue, far) : null);
    }

    private ActiveRules RulesAt(ulong time) => ledger.Schedule.At(ulong.MaxValue, time, UInt256.MaxValue);

    private ForkConfigJson ShapeOf(ActiveRules rules, ulong activation, ulong number, ulong time)
    {
        Genesis genesis = ledger.Genesis;
        byte[] forkId = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(forkId, ForkId.Of(genesis, ledger.GenesisBlock.Hash, number, time));
        SortedDictionary<string, Address> precompiles = new(StringComparer.Ordinal);
        foreach (Precompile precompile in rules.Fork.Precompiles.All)
        {
            precompiles[precompile.Name] = precompile.Address;
        }

        return new ForkConfigJson
        {
            ActivationTime = activation,
            BlobSchedule = rules.Blobs is { } blobs
                ? new BlobScheduleJson(blobs.BaseFeeUpdateFraction, blobs.Maximum, blobs.Target)
                : null,
            ChainId = genesis.Network.ChainIdNow,
            ForkId = forkId,
            Precompiles = precompiles,
            SystemContracts = ContractsOf(rules.Rules, genesis.Network),
        };
    }

    /// <summary>The contracts that are part of the protocol, by the names of EIP-7910.</summary>
    private static SortedDictionary<string, Address> ContractsOf(BlockRules rules, NetworkParameters network)
    {
        SortedDictionary<string, Address> contracts = new(StringComparer.Ordinal);
        if (rules.BeaconRootsContract is { } beaconRoots)
        {
            contracts["BEACON_ROOTS_ADDRESS"] = beaconRoots;
        }

        if (rules.HistoryContract is { } history)
        {
            contracts["HISTORY_STORAGE_ADDRESS"] = history;
        }

        foreach (RequestSource source in rules.Requests ?? [])
        {
            string name = source.Type switch
            {
                RequestSource.DepositType => "DEPOSIT_CONTRACT_ADDRESS",
                1 => "WITHDRAWAL_REQUEST_PREDEPLOY_ADDRESS",
                2 => "CONSOLIDATION_REQUEST_PREDEPLOY_ADDRESS",
                _ => $"REQUEST_{source.Type}_PREDEPLOY_ADDRESS",
            };
            contracts[name] = source.Contract ?? network.DepositContract;
        }

        return contracts;
    }
}
