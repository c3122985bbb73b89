using System.Collections.Frozen;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>
/// Makes the methods of a chain those of a forked one: what lies below the fork is asked of the remote.
/// </summary>
public static class ForkedMethods
{
    // Methods about a state, with the place of the parameter that names the block.
    private static readonly FrozenDictionary<string, int> OfState = new Dictionary<string, int>
    {
        ["debug_accountRange"] = 0,
        ["debug_dumpBlock"] = 0,
        ["debug_traceCall"] = 1,
        ["eth_call"] = 1,
        ["eth_callMany"] = 1,
        ["eth_createAccessList"] = 1,
        ["eth_estimateGas"] = 1,
        ["eth_getAccount"] = 1,
        ["eth_getAccountInfo"] = 1,
        ["eth_getBalance"] = 1,
        ["eth_getCode"] = 1,
        ["eth_getStorageAt"] = 2,
        ["eth_getStorageValues"] = 1,
        ["eth_getTransactionCount"] = 1,
        ["eth_simulateV1"] = 1,
        ["ots_hasCode"] = 1,
        ["trace_call"] = 2,
        ["trace_callMany"] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfBlock = FrozenSet.Create(
        StringComparer.Ordinal,
        "debug_accountInfoAt",
        "debug_getRawBlock",
        "debug_getRawHeader",
        "debug_getRawReceipts",
        "debug_intermediateRoots",
        "debug_storageRangeAt",
        "debug_traceBlockByHash",
        "debug_traceBlockByNumber",
        "eth_getBlockAccessList",
        "eth_getBlockByHash",
        "eth_getBlockByNumber",
        "eth_getBlockReceipts",
        "eth_getBlockTransactionCountByHash",
        "eth_getBlockTransactionCountByNumber",
        "eth_getHeaderByHash",
        "eth_getHeaderByNumber",
        "erigon_getHeaderByNumber",
        "eth_getRawTransactionByBlockHashAndIndex",
        "eth_getRawTransactionByBlockNumberAndIndex",
        "eth_getTransactionByBlockHashAndIndex",
        "eth_getTransactionByBlockNumberAndIndex",
        "eth_getUncleByBlockHashAndIndex",
        "eth_getUncleByBlockNumberAndIndex",
        "eth_getUncleCountByBlockHash",
        "eth_getUncleCountByBlockNumber",
        "ots_getBlockDetails",
        "ots_getBlockDetailsByHash",
        "ots_getBlockTransactions",
        "trace_block",
        "trace_blockOpcodeGas",
        "trace_replayBlockTransactions");

    private static readonly FrozenSet<string> OfTransaction = FrozenSet.Create(
        StringComparer.Ordinal,
        "debug_getRawTransaction",
        "debug_traceTransaction",
        "eth_getRawTransactionByHash",
        "eth_getTransactionByHash",
        "eth_getTransactionReceipt",
        "ots_getInternalOperations",
        "ots_getTransactionError",
        "ots_traceTransaction",
        "trace_get",
        "trace_replayTransaction",
        "trace_transaction",
        "trace_transactionOpcodeGas");

    /// <summary>Puts the remote half behind the methods that have one; the others stay as they are.</summary>
    /// <param name="methods">The methods of the local chain.</param>
    /// <param name="parts">What they were made over.</param>
    /// <param name="remote">The remote chain; <see langword="null"/> where there is none.</param>
    public static IEnumerable<RpcMethod> Over(IEnumerable<RpcMethod> methods, RpcParts parts, IRemoteChain? remote)
    {
        if (remote is null)
        {
            return methods;
        }

        ForkPlace place = new(parts.Blocks, remote);
        List<RpcMethod> all = [.. methods];
        int logs = all.FindIndex(static method => method.Name == "eth_getLogs");
        return all.Select(method => Over(method, all[logs], parts, place));
    }

    private static RpcMethod Over(RpcMethod method, RpcMethod logs, RpcParts parts, ForkPlace place)
    {
        string name = method.Name;
        return OfState.TryGetValue(name, out int index) ? new ForkedStateMethod(method, place, index)
            : OfBlock.Contains(name) ? new ForkedBlockMethod(method, place)
            : OfTransaction.Contains(name) ? new ForkedTransactionMethod(method, place, parts.Pool)
            : name switch
            {
                "eth_feeHistory" => new ForkedFeeHistoryMethod(method, place),
                "eth_getFilterLogs" when parts.Filters is { } filters => new ForkedFilterLogsMethod(
                    method, place, filters, new ForkedRangeMethod(logs, place, parts.Limits.ResponseBytesMax)),
                "eth_getLogs" or "trace_filter" => new ForkedRangeMethod(method, place, parts.Limits.ResponseBytesMax),
                "eth_getTransactionBySenderAndNonce" or "ots_getContractCreator"
                    or "ots_getTransactionBySenderAndNonce" => new ForkedSenderMethod(method, place),
                "ots_searchTransactionsAfter" => new ForkedSearchMethod(method, place, isBackwards: false),
                "ots_searchTransactionsBefore" => new ForkedSearchMethod(method, place, isBackwards: true),
                "eth_getProof" => new ForkedProofMethod(method, place, parts.Calls.Reader),
                _ => method,
            };
    }
}
