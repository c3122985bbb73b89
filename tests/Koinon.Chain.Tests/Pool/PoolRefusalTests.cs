using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

/// <summary>What the pool refuses above what execution would, each with its name.</summary>
public class PoolRefusalTests
{
    private static readonly Address To = Address.FromWord(0xbeef);

    [Fact]
    public void Add_OfTooManyBytes_NamesSizeAndLimit()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool pool = new(chain.Ledger, new PoolOptions { TransactionBytesMax = 1_000 });

        PoolResult result = pool.Add(TestChain.Alice.Pay(To, 0, data: new byte[1_000], gas: 100_000));

        Assert.Equal(PoolError.Oversized, result.Error);
        Assert.Contains("limit 1000", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_BelowTheLeastTip_IsRefused()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool pool = new(chain.Ledger, new PoolOptions { TipMin = 100 });

        Assert.Equal(PoolError.TipBelowMinimum, pool.Add(TestChain.Alice.Pay(To, 0, 99)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Alice.Pay(To, 0, 100)).Error);
    }

    [Fact]
    public void Add_AboveTheCallersFeeCap_NamesBoth()
    {
        using TestChain chain = new("Osaka");
        AdmissionTerms terms = new() { FeeMax = UInt256.Power(10, 18) };
        Transaction dear = TestChain.Alice.Pay(To, 0, 100_000_000_000_000);

        PoolResult result = chain.Pool.Add(dear, terms);

        Assert.Equal(PoolError.FeeAboveCap, result.Error);
        Assert.Equal("tx fee (2.10 ether) exceeds the configured cap (1.00 ether)", result.Detail);
        Assert.Equal(PoolError.None, chain.Pool.Add(dear).Error);
    }

    [Fact]
    public void Add_OfALegacyTransactionForAnyChain_IsTheCallersChoice()
    {
        using TestChain chain = new("Osaka");
        Transaction unprotected = TestChain.Alice.Sign(new Transaction
        {
            GasLimit = 21_000,
            MaxFeePerGas = 100,
            MaxPriorityFeePerGas = 100,
            To = To,
        });
        AdmissionTerms terms = new() { RequiresReplayProtection = true };

        Assert.Equal(PoolError.NotReplayProtected, chain.Pool.Add(unprotected, terms).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(unprotected).Error);
    }

    [Fact]
    public void Add_BehindAGap_IsTheCallersChoice()
    {
        using TestChain chain = new("Osaka");
        AdmissionTerms terms = new() { RefusesGaps = true };

        PoolResult result = chain.Pool.Add(TestChain.Alice.Pay(To, 1), terms);

        Assert.Equal((PoolError.TransactionInvalid, TransactionError.NonceTooHigh), (result.Error, result.Transaction));
        Assert.Equal("next nonce 0, tx nonce 1", result.Detail);
        Assert.Equal(PoolError.None, chain.Pool.Add(TestChain.Alice.Pay(To, 0), terms).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(TestChain.Alice.Pay(To, 1), terms).Error);
    }

    [Fact]
    public void Add_AboveTheBlocksGasLimit_FollowsTheNextBlock()
    {
        using TestChain chain = new("Prague");
        Transaction large = TestChain.Alice.Pay(To, 0, 1_000, gas: TestChain.GasLimit + 1);

        PoolResult result = chain.Pool.Add(large);
        PoolResult raised = chain.Pool.Add(large, new AdmissionTerms { BlockGasLimit = TestChain.GasLimit + 1 });

        Assert.Equal(TransactionError.GasAllowanceExceeded, result.Transaction);
        Assert.Equal(PoolError.None, raised.Error);
    }

    [Fact]
    public void Add_OfMoreThanTheBalanceInAll_CountsWhatWaitsInARow()
    {
        TestAccount poor = new(7);
        using TestChain chain = new("Osaka", change: alloc =>
            alloc.Of(poor.Address).Account = new Account(0, 50_000_000, Account.NoCode));
        using TransactionPool each = new(chain.Ledger, new PoolOptions { SumsSendersCosts = false });
        using TransactionPool none = new(chain.Ledger, new PoolOptions { ChecksBalances = false });
        Transaction[] row = [.. Enumerable.Range(0, 3).Select(nonce => poor.Pay(To, (ulong)nonce, 1_000))];

        Assert.Equal(PoolError.None, chain.Pool.Add(row[0]).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(row[1]).Error);
        PoolResult result = chain.Pool.Add(row[2]);

        Assert.Equal(TransactionError.InsufficientFunds, result.Transaction);
        Assert.Equal(
            "balance 50000000, queued cost 42000002, tx cost 21000001, overshot 13000003", result.Detail);
        Assert.Equal(PoolError.None, chain.Pool.Add(poor.Pay(To, 1, 1_200)).Error);
        Assert.All(row, transaction => Assert.Equal(PoolError.None, each.Add(transaction).Error));
        Assert.Equal(TransactionError.InsufficientFunds, each.Add(poor.Pay(To, 3, 9_000)).Transaction);
        Assert.Equal(PoolError.None, none.Add(poor.Pay(To, 0, 9_000)).Error);
    }

    [Fact]
    public void Add_OfAContract_IsRefused()
    {
        TestAccount contract = new(7);
        byte[] code = [0x60, 0x00];
        using TestChain chain = WithCode(contract, code);

        Assert.Equal(TransactionError.SenderNotExternallyOwned, chain.Pool.Add(contract.Pay(To, 0)).Transaction);
    }

    [Fact]
    public void Add_OfADelegatedAccount_MayHaveOneWaiting()
    {
        TestAccount delegated = new(7);
        byte[] code = [0xef, 0x01, 0x00, .. new byte[20]];
        using TestChain chain = WithCode(delegated, code);
        using TransactionPool lenient = new(chain.Ledger, PoolOptions.Development);

        Assert.Equal(PoolError.DelegatedGap, chain.Pool.Add(delegated.Pay(To, 1)).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(delegated.Pay(To, 0, 1_000)).Error);
        Assert.Equal(PoolError.DelegatedInFlight, chain.Pool.Add(delegated.Pay(To, 1)).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(delegated.Pay(To, 0, 2_000)).Error);
        Assert.Equal(PoolError.None, lenient.Add(delegated.Pay(To, 1)).Error);
        Assert.Equal(PoolError.None, lenient.Add(delegated.Pay(To, 0)).Error);
    }

    [Fact]
    public void Add_OfADelegation_BindsItsAuthority()
    {
        using TestChain chain = new("Osaka");
        chain.Pool.Add(TestChain.Bob.Pay(To, 0));
        chain.Pool.Add(TestChain.Bob.Pay(To, 1));
        Transaction delegation = Delegate(0, TestChain.Bob);

        Assert.Equal(PoolError.AuthorityReserved, chain.Pool.Add(delegation).Error);
        chain.Pool.RemoveOf(TestChain.Bob.Address);
        Assert.Equal(PoolError.None, chain.Pool.Add(delegation).Error);
        Assert.Equal(PoolError.None, chain.Pool.Add(TestChain.Bob.Pay(To, 0)).Error);
        Assert.Equal(PoolError.DelegatedInFlight, chain.Pool.Add(TestChain.Bob.Pay(To, 1)).Error);
        Assert.True(chain.Pool.Remove(delegation.Hash));
        Assert.Equal(PoolError.None, chain.Pool.Add(TestChain.Bob.Pay(To, 1)).Error);
    }

    [Fact]
    public void Add_OfATypeOrAuthorizationThatTheForkRefuses_NamesWhy()
    {
        using TestChain old = new("London");
        using TestChain chain = new("Osaka");
        Transaction empty = TestChain.Alice.Sign(new Transaction
        {
            Type = TransactionType.SetCode,
            ChainId = TestChain.ChainId,
            GasLimit = 100_000,
            MaxFeePerGas = 10,
            To = To,
        });

        Assert.Equal(TransactionError.AuthorizationsMissing, chain.Pool.Add(empty).Transaction);
        Assert.Equal(TransactionError.TypeNotSupported, old.Pool.Add(empty).Transaction);
    }

    [Fact]
    public void Add_WithoutRaiseInPercent_TakesAnyHigherFee()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool pool = new(chain.Ledger, new PoolOptions { ReplacementRaisePercent = 0 });
        pool.Add(TestChain.Alice.Pay(To, 0, 1_000));

        Assert.Equal(
            PoolError.ReplacementUnderpriced, pool.Add(TestChain.Alice.Pay(To, 0, 1_000, gas: 22_000)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Alice.Pay(To, 0, 1_001)).Error);
    }

    private static TestChain WithCode(TestAccount account, byte[] code) => new("Osaka", change: alloc =>
    {
        Hash256 codeHash = Hash256.Keccak(code);
        alloc.Of(account.Address).Account = new Account(0, UInt256.Power(10, 20), codeHash);
        alloc.Codes[codeHash] = code;
    });

    private static Transaction Delegate(ulong nonce, TestAccount authority) => TestChain.Alice.Sign(new Transaction
    {
        Type = TransactionType.SetCode,
        ChainId = TestChain.ChainId,
        Nonce = nonce,
        GasLimit = 100_000,
        MaxFeePerGas = 1_000,
        MaxPriorityFeePerGas = 1_000,
        To = To,
        AuthorizationList = [authority.Authorize(To, 0)],
    });
}
