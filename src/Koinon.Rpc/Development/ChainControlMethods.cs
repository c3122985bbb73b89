using Koinon.Rpc.Development.Blobs;
using Koinon.Rpc.Development.Impersonation;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Mining;
using Koinon.Rpc.Development.NextBlock;
using Koinon.Rpc.Development.Pool;
using Koinon.Rpc.Development.Sending;
using Koinon.Rpc.Development.Settings;
using Koinon.Rpc.Development.Signing;
using Koinon.Rpc.Development.Snapshots;
using Koinon.Rpc.Development.StateEditing;
using Koinon.Rpc.Development.StateFiles;
using Koinon.Rpc.Development.Time;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Development;

/// <summary>The methods that a development chain has besides a node's.</summary>
public static class ChainControlMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts, DevelopmentParts development)
    {
        Manner manner = development.Manner;
        StateEditor editor = new(parts.Ledger, development.Producer, parts.Calls.Reader);
        Miner miner = new(parts.Ledger, development.Producer, development.Clock, manner);
        TransactionFiller filler = new(parts.Calls, parts.Pool, parts.Fees, parts.Wallet, manner);
        TokenSlots tokens = new(parts.Calls, editor);
        MinedOutcomes outcomes = new(parts.Ledger);
        EthSendTransaction sending = new(filler, parts.Wallet, parts.Entry, manner);
        return
        [
            new AnvilAddBalance(editor, manner),
            new AnvilAutoImpersonateAccount(development.Impersonation, manner),
            new AnvilDealErc20(tokens, manner),
            new AnvilDropAllTransactions(parts.Pool, manner),
            new AnvilDropTransaction(parts.Pool),
            new AnvilDumpState(development.Files),
            new AnvilGetAutomine(development.Producer),
            new AnvilGetBlobByHash(development.Blobs),
            new AnvilGetBlobsByTransactionHash(parts.Ledger, development.Blobs),
            new AnvilGetGenesisTime(parts.Ledger),
            new AnvilGetIntervalMining(development.Producer),
            new AnvilGetLastBlockWallTime(development.Clock),
            new AnvilImpersonateAccount(
                development.Impersonation, editor, development.ImpersonatedBalance, manner),
            new AnvilImpersonateSignature(development.Impersonation, manner),
            new AnvilLoadState(development.Files),
            new AnvilMetadata(
                parts.Ledger, development.Life, development.Snapshots, parts.ClientVersion, development.Remote),
            new AnvilMine(miner, manner),
            new AnvilNodeInfo(parts.Ledger, development.Producer, parts.Fees, development.Remote),
            new AnvilRemoveBlockTimestampInterval(development.Clock),
            new AnvilRemovePoolTransactions(parts.Pool, manner),
            new AnvilReorg(development.Life, filler, parts.Wallet, manner),
            new AnvilReset(development.Life, manner),
            new AnvilRollback(development.Life, manner),
            new AnvilSetBalance(editor, manner),
            new AnvilSetBlockTimestampInterval(development.Clock, manner),
            new AnvilSetChainId(parts.Ledger, parts.Pool, development.Producer, manner),
            new AnvilSetCode(editor, manner),
            new AnvilSetCoinbase(development.Producer, manner),
            new AnvilSetErc20Allowance(tokens, manner),
            new AnvilSetLoggingEnabled(development.Log, manner),
            new AnvilSetMinGasPrice(parts.Ledger, manner),
            new AnvilSetNextBlockBaseFeePerGas(development.Producer, manner),
            new AnvilSetNextBlockPrevRandao(development.Producer, manner),
            new AnvilSetNonce(editor, parts.Pool, manner),
            new AnvilSetRpcUrl(development.Remote, manner),
            new AnvilSetStorageAt(editor, manner),
            new AnvilStopImpersonatingAccount(development.Impersonation, manner),
            sending,
            new EthSendTransactionSync(sending, new ReceiptWait(parts.Ledger, parts.Clock)),
            new EthSendUnsignedTransaction(filler, parts.Entry),
            new EthSign(parts.Wallet),
            new EthSignTransaction(filler, parts.Wallet),
            new EthSignTypedData(parts.Wallet),
            new EvmIncreaseTime(development.Clock, manner),
            new EvmMine(miner, manner),
            new EvmMineDetailed(parts.Ledger, miner, outcomes),
            new EvmRevert(development.Snapshots),
            new EvmSetAutomine(development.Producer, manner),
            new EvmSetBlockGasLimit(development.Producer),
            new EvmSetIntervalMining(development.Producer, manner),
            new EvmSetNextBlockTimestamp(parts.Ledger, development.Clock, manner),
            new EvmSetTime(development.Clock),
            new EvmSnapshot(development.Snapshots),
            new HardhatDropTransaction(parts.Ledger, parts.Pool),
            new PersonalSign(parts.Wallet),
        ];
    }
}
