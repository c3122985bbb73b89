using Koinon.Evm.Precompiles;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Forks;

/// <summary>May 2025: EIP-2537, EIP-7623, EIP-7702 (and the requests of EIP-7685, a rule of blocks).</summary>
internal static class Prague
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Prague",
        Gas = parent.Gas with { DataFloorToken = 10 },
        HasDelegations = true,
        TransactionTypeMax = TransactionType.SetCode,
        Precompiles = parent.Precompiles.With(
            new Bls12G1Add(), new Bls12G1Msm(), new Bls12G2Add(), new Bls12G2Msm(), new Bls12PairingCheck(),
            new Bls12MapFpToG1(), new Bls12MapFp2ToG2()),
    };
}
