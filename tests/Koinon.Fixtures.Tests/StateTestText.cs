using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Fixtures.Tests;

/// <summary>A state test of one transfer without fee, with what a test wants changed.</summary>
internal sealed record StateTestText
{
    private const string Sender = "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b";
    private const string Receiver = "0x1000000000000000000000000000000000000001";
    private const ulong Balance = 1_000_000;
    private const ulong Value = 7;

    /// <summary>The sender's nonce in the pre-state.</summary>
    internal ulong AccountNonce { get; init; }

    /// <summary>The name of the refusal that the test asks for.</summary>
    internal string? ExpectedException { get; init; }

    /// <summary>The state root that the test asks for; the right one where it is left out.</summary>
    internal Hash256? Root { get; init; }

    /// <summary>The test as its file would hold it.</summary>
    public override string ToString()
    {
        Hash256 root = Root ?? (ExpectedException is null ? After() : Before()).Root;
        string exception = ExpectedException is null ? "" : $"\"expectException\": \"{ExpectedException}\",";
        return $$"""
        {
          "transfer": {
            "env": {
              "currentCoinbase": "0x2adc25665018aa1fe0e6bc666dac8fc2697ff9ba", "currentDifficulty": "0x020000",
              "currentGasLimit": "0x0f4240", "currentNumber": "0x01", "currentTimestamp": "0x03e8"
            },
            "pre": {
              "{{Sender}}": { "balance": "0x0f4240", "nonce": "0x{{AccountNonce:x2}}", "code": "0x", "storage": {} }
            },
            "transaction": {
              "data": ["0x"], "gasLimit": ["0x5208"], "gasPrice": "0x00", "nonce": "0x00", "to": "{{Receiver}}",
              "value": ["0x07"], "sender": "{{Sender}}"
            },
            "post": {
              "Byzantium": [{
                "indexes": { "data": 0, "gas": 0, "value": 0 }, "hash": "{{root}}", {{exception}}
                "logs": "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
                "state": {
                  "{{Sender}}": { "balance": "0x0f4239", "nonce": "0x01", "code": "0x", "storage": { "0x01": "0x02" } },
                  "{{Receiver}}": { "balance": "0x08", "nonce": "0x00", "code": "0x", "storage": {} }
                }
              }]
            }
          }
        }
        """;
    }

    private WorldState Before()
    {
        StateChanges changes = new();
        changes.Of(Address.Parse(Sender)).Account = new Account(AccountNonce, Balance, Account.NoCode);
        return WorldState.Empty.Apply(changes);
    }

    private WorldState After()
    {
        StateChanges changes = new();
        changes.Of(Address.Parse(Sender)).Account = new Account(AccountNonce + 1, Balance - Value, Account.NoCode);
        changes.Of(Address.Parse(Receiver)).Account = new Account(0, Value, Account.NoCode);
        return Before().Apply(changes);
    }
}
