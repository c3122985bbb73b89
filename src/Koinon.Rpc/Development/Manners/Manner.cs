namespace Koinon.Rpc.Development.Manners;

/// <summary>Whose manners a development chain has, where its models differ: results, units, errors.</summary>
public enum Manner : byte
{
    /// <summary>Those of anvil, and of geth behind it: a transaction that reverts is answered by its hash.</summary>
    Anvil,

    /// <summary>
    /// Those of Hardhat: a transaction that reverts is mined all the same, and answered by an error that names it.
    /// </summary>
    Hardhat,
}
