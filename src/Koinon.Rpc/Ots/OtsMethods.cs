using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Ots;

/// <summary>The methods of the namespace <c>ots</c>, which Otterscan asks.</summary>
public static class OtsMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new OtsGetApiLevel(),
        new OtsGetBlockDetails(parts.Blocks),
        new OtsGetBlockDetailsByHash(parts.Ledger),
        new OtsGetBlockTransactions(parts.Blocks),
        new OtsGetContractCreator(parts.Traces),
        new OtsGetInternalOperations(parts.Traces),
        new OtsGetTransactionBySenderAndNonce(parts.Ledger, parts.Calls.Reader),
        new OtsGetTransactionError(parts.Traces),
        new OtsHasCode(parts.Blocks, parts.Calls.Reader),
        new OtsSearchTransactionsAfter(parts.Traces),
        new OtsSearchTransactionsBefore(parts.Traces),
        new OtsTraceTransaction(parts.Traces),
    ];
}
