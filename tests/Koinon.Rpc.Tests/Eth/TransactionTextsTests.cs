using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Tests.Eth;

public class TransactionTextsTests
{
    [Theory]
    [InlineData(PoolError.AlreadyKnown, "already known")]
    [InlineData(PoolError.ReplacementUnderpriced, "replacement transaction underpriced: why")]
    [InlineData(PoolError.SenderFull, "account limit exceeded: why")]
    [InlineData(PoolError.PoolFull, "txpool is full: why")]
    [InlineData(PoolError.Underpriced, "transaction underpriced: why")]
    [InlineData(PoolError.TipBelowMinimum, "transaction gas price below minimum: why")]
    [InlineData(PoolError.Oversized, "oversized data: why")]
    [InlineData(PoolError.FeeAboveCap, "why")]
    [InlineData(
        PoolError.NotReplayProtected, "only replay-protected (EIP-155) transactions allowed over RPC: why")]
    [InlineData(
        PoolError.DelegatedInFlight, "in-flight transaction limit reached for delegated accounts: why")]
    [InlineData(PoolError.DelegatedGap, "gapped-nonce tx from delegated accounts: why")]
    [InlineData(PoolError.AuthorityReserved, "authority already reserved: why")]
    [InlineData(PoolError.SenderReserved, "address already reserved: why")]
    [InlineData(PoolError.SidecarMissing, "missing sidecar in blob transaction: why")]
    [InlineData(PoolError.SidecarVersion, "unexpected sidecar version: why")]
    [InlineData(PoolError.SidecarMismatch, "blob sidecar does not fit the transaction: why")]
    [InlineData(PoolError.BlobProofInvalid, "invalid blob proof: why")]
    public void ErrorOf_WhatThePoolRefuses_BeginsAsClientsExpect(PoolError error, string text)
    {
        RpcError answer = TransactionTexts.ErrorOf(new PoolResult(error, Detail: "why"));

        Assert.Equal((-32000, text), ((int)answer.Code, answer.Message));
    }

    [Fact]
    public void ErrorOf_EveryReason_HasATextOfItsOwn()
    {
        foreach (PoolError error in Enum.GetValues<PoolError>().Except([PoolError.None, PoolError.TransactionInvalid]))
        {
            string text = TransactionTexts.ErrorOf(new PoolResult(error, Detail: "")).Message;
            Assert.DoesNotContain("transaction refused", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ErrorOf_WhatMayNotBeExecuted_NamesThatReason()
    {
        PoolResult result = new(PoolError.TransactionInvalid, TransactionError.NonceTooLow, "next nonce 2, tx nonce 1");

        Assert.Equal("nonce too low: next nonce 2, tx nonce 1", TransactionTexts.ErrorOf(result).Message);
    }
}
